package io.nnnco.nhub.stream.gap;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a gap ledger has counted since the subscription began; a snapshot, not a live view.
 *
 * @param devices devices followed at this moment
 * @param regular those of them whose cadence is known, so that gaps are found
 * @param irregular those of them that have sent enough and keep to no cadence, such as doors: no
 *     gap is reported of them. The others have not sent enough yet
 * @param silent those of them that are silent at this moment
 * @param evicted devices that were forgotten because there were too many
 * @param uplinks uplinks received, without duplicates
 * @param duplicates uplinks whose device has sent another one with the same {@code timestamp_ms}
 * @param late uplinks that arrived after a later one of their device, or long after they were sent
 * @param gaps gaps that have an end and in which messages are still missing
 * @param filled missing messages that arrived late after all
 * @param missing messages still missing in gaps that have an end, by cause; each cause has a value
 */
public record GapStats(
    int devices,
    int regular,
    int irregular,
    int silent,
    long evicted,
    long uplinks,
    long duplicates,
    long late,
    long gaps,
    long filled,
    Map<GapCause, Long> missing) {
  /**
   * Keeps a copy of the map.
   *
   * @param devices devices followed
   * @param regular those with a cadence
   * @param irregular those without one
   * @param silent those that are silent
   * @param evicted devices forgotten
   * @param uplinks uplinks without duplicates
   * @param duplicates uplinks that came again
   * @param late uplinks that came late
   * @param gaps gaps with an end
   * @param filled missing messages that came late
   * @param missing messages missing, by cause
   */
  public GapStats {
    missing = Collections.unmodifiableMap(new EnumMap<>(missing));
  }

  /**
   * Messages still missing for one cause.
   *
   * @param cause the cause
   * @return how many
   */
  public long missing(GapCause cause) {
    return missing.getOrDefault(cause, 0L);
  }

  /**
   * Messages still missing, whatever the cause.
   *
   * @return the sum of {@link #missing()}
   */
  public long missingInAll() {
    return missing.values().stream().mapToLong(Long::longValue).sum();
  }
}
