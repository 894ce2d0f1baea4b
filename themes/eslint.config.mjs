// `npm run lint`, which `npm test` runs first: a finding fails the build.
import reactHooks from "eslint-plugin-react-hooks";
import { defineConfig } from "eslint/config";
import typescript from "typescript-eslint";

export default defineConfig(
  { ignores: ["src/generated/"] },
  {
    files: ["src/**/*.{ts,tsx}"],
    extends: [typescript.configs.recommended, reactHooks.configs.flat.recommended],
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      // `const { key: _, ...rest } = all` leaves a property out.
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
    },
  },
);
