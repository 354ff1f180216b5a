// A wall's page without its drawing: the model that follows a gathering, and what the person has open.

import { Live } from "../../../static/src/live/protocol";
import { Gong } from "../../../static/src/openspace/gong";
import { GatheringModel } from "../../../static/src/openspace/model";
import type { GatheringEvent, GatheringStateCard } from "../../../static/src/openspace/types";
import type { WallPage } from "../../../static/src/wall/context";
import { WallUi } from "../../../static/src/wall/ui";
import { board, ME } from "./gatherings";
import { Surroundings, hello, settle } from "./surroundings";

const STREAM = "gathering:1";
const HEAD = 4;

/** The clock stands at 10:00 of 8 February 2022. */
export function followed(changes: Partial<GatheringStateCard> = {}) {
  const wall = begun(changes);
  wall.connect();
  return wall;
}

/** Not connected yet. */
export function begun(changes: Partial<GatheringStateCard> = {}) {
  const world = new Surroundings();
  const live = new Live(ME, world.ports);
  const gathering = new GatheringModel(live, board(changes), HEAD);
  live.start();
  const connect = () => {
    world.socket.say({ ...hello(world.clock), person: ME });
    world.socket.say({ op: "opened", stream: STREAM, head: HEAD, state: null, here: [] });
  };
  const happen = (event: GatheringEvent) => world.socket.say({ op: "events", stream: STREAM, events: [event] });
  const lastId = () => world.socket.sentOf("do").at(-1)?.["id"];
  const answer = (frame: object) => {
    world.socket.say({ id: lastId(), stream: STREAM, ...frame });
    return settle();
  };
  const done = (data: unknown = null) => answer({ op: "done", seq: HEAD + 1, data });
  const refused = (detail: string) => answer({ op: "refused", code: "invalid", detail });
  return { world, gathering, connect, happen, done, refused };
}

export function wallPage(changes: Partial<GatheringStateCard> = {}) {
  const wall = followed(changes);
  const ui = new WallUi();
  const page: WallPage = { gathering: wall.gathering, ui, gong: new Gong(null), votesUrl: "", retry: () => {}, visit: () => {} };
  return { ...wall, ui, page };
}
