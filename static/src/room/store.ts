// The store of a room: pure functions, no DOM, no network. The parts:
//
//   roomState(card, head)             what `opened` gave → RoomState;  roomCard(state) → back
//   renewed(state, card, head)        a fresh state later on
//   reduceAll(state, events)          events in order → RoomState;  reduce(state, event)
//   messagesAt(state, state.tail.seqs)      the cards to show;  also for .past, .thread, .pinned
//   addEarlier, showPast, addPastEarlier, addPastLater, leavePast    pages of history
//   showThread, addThreadLater, closeThread                          one thread
//   forgetEarliest(state)                                            when very many are held
//   isAhead(state, page)                                             whether a page has to wait for events
//   withPending(state, items), pendingPosts(state, items)            the outbox, laid over the state
//   withMyChoice, openPollOf                                         polls
//   firstUnread                                                      the line "new since you left"
//   reduceCohort, noteActivity, markRoomRead, unreadRooms            the list of rooms

export * from "./store/state";
export * from "./store/reduce";
export * from "./store/history";
export * from "./store/optimistic";
export { openPollOf, withMyChoice } from "./store/polls";
export * from "./store/cohort";
