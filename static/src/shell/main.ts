// What every page has: theme, menus, signing out. Each part finds its own elements and does nothing when there are none.
import { watchBell } from "./bell.ts";
import { watchFileLimits } from "./file_limit.ts";
import { watchMenus } from "./menu.ts";
import { focusWhatIsWrong } from "./refused.ts";
import { watchSearchKeys } from "./search.ts";
import { watchSignOut } from "./sign_out.ts";
import { watchSlowForms } from "./slow.ts";
import { watchTheme } from "./theme.ts";

watchTheme(document);
watchMenus(document);
watchFileLimits(document);
watchSearchKeys(document);
watchSignOut(document);
watchSlowForms(document);
watchBell(document);
focusWhatIsWrong(document);
