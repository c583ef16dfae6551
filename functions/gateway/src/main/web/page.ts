import { fillTexts } from "shared/fill-texts.ts";
import { AccountPanel } from "./page/account-panel.ts";
import { Controller } from "./page/controller.ts";
import { Links } from "./page/links.ts";
import { texts } from "./page/texts.ts";
import { Gateway } from "./session/gateway.ts";

const base = new URL("../", import.meta.url).href;
fillTexts(texts);
void new AccountPanel(new Gateway(base)).load();
new Controller(base).start();
void new Links(base).show();
