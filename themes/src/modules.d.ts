declare module "*.css" {
  const text: string;
  export default text;
}

declare module "texts:*" {
  const texts: Readonly<Record<string, string>>;
  export default texts;
}
