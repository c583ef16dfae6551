import { fillTexts } from "shared/fill-texts.ts";
import { OperationsView } from "./operations/view.ts";
import { texts } from "./operations/texts.ts";

fillTexts(texts);
void new OperationsView(new URL("../api/operations/", import.meta.url).href).start();
