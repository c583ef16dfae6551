import { fillTexts } from "shared/fill-texts.ts";
import { Api } from "./console/api.ts";
import { Controller } from "./console/controller.ts";
import { texts } from "./console/texts.ts";

fillTexts(texts);
void new Controller(new Api(new URL("../api/", import.meta.url).href)).start();
