import { Controller } from "./page/controller.ts";
import { fillTexts } from "./page/fill-texts.ts";

fillTexts();
new Controller(new URL("../", import.meta.url).href).start();
