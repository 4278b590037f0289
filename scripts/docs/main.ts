/** `npm run docs`: writes the pages that are made from the code. A test fails while one is out of date. */
import { writeFileSync } from "node:fs";
import { configurationPage } from "./configuration-page";

writeFileSync(new URL("../../docs/configuration.md", import.meta.url), configurationPage());
console.log("Written: docs/configuration.md");
