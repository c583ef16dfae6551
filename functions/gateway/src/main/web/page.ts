import { fillTexts } from "shared/fill-texts.ts";
import { Controller } from "./page/controller.ts";
import { Links } from "./page/links.ts";
import { texts } from "./page/texts.ts";

const base = new URL("../", import.meta.url).href;
fillTexts(texts);
new Controller(base).start();
void new Links(base).show();
