/** Lists that keep what came last. */

/** Adds an item, and forgets the oldest, so that the newest are kept: so many, or up to twice as many. */
export function addNewest(list, item, kept) {
  list.push(item);
  if (list.length > 2 * kept) {
    list.splice(0, kept);
  }
}
