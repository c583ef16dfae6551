import { AccountPanel } from "./page/account-panel.ts";
import { Controller } from "./page/controller.ts";
import { fillTexts } from "./page/fill-texts.ts";
import { Gateway } from "./session/gateway.ts";

const base = new URL("../", import.meta.url).href;
fillTexts();
void new AccountPanel(new Gateway(base)).load();
new Controller(base).start();
