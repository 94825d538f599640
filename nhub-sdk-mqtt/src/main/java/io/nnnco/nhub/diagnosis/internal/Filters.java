package io.nnnco.nhub.diagnosis.internal;

import io.nnnco.nhub.core.internal.TopicGrammar;
import io.nnnco.nhub.stream.SubscribeOptions;
import java.util.List;

/** What the doctor subscribes to. */
final class Filters {
  private Filters() {}

  /** Outside of a shared group: a member of it would take messages from the others. */
  static List<String> of(SubscribeOptions options) {
    return options.topicFilters().stream().map(TopicGrammar::unshared).distinct().toList();
  }
}
