/** The page of the admin console. */
export {};
