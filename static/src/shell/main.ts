// What every page has: theme, menus. Each part finds its own elements and does nothing when there are none.
import { watchMenus } from "./menu.ts";
import { watchTheme } from "./theme.ts";

watchTheme(document);
watchMenus(document);
