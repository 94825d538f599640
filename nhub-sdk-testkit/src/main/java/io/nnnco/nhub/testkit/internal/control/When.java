package io.nnnco.nhub.testkit.internal.control;

import io.nnnco.nhub.testkit.Occurrence;
import io.nnnco.nhub.testkit.internal.control.json.Description;
import org.jspecify.annotations.Nullable;

/** An {@link Occurrence}. */
record When(
    @Nullable @Description("how many opportunities to skip first; 0 by default") Integer skip,
    @Nullable
        @Description("how many to take after that; 1 by default, all if there is a probability")
        Integer times,
    @Nullable @Description("true for all opportunities, instead of times") Boolean always,
    @Nullable @Description("the probability, 0 to 1, that one of those is taken; 1 by default")
        Double probability,
    @Nullable @Description("the seed that makes the choice repeatable; 0 by default") Long seed,
    @Nullable @Description("only opportunities of this client are counted; those of any by default")
        String clientId) {

  static When of(Occurrence occurrence) {
    boolean always = occurrence.times() == Integer.MAX_VALUE;
    return new When(
        occurrence.skip(),
        always ? null : occurrence.times(),
        always,
        occurrence.probability(),
        occurrence.seed(),
        occurrence.clientId());
  }

  /** The occurrence of one that may not be given. */
  static Occurrence occurrence(@Nullable When when) {
    return when == null ? Occurrence.once() : when.occurrence();
  }

  private Occurrence occurrence() {
    boolean all = Boolean.TRUE.equals(always);
    if (all && times != null) {
      throw new IllegalArgumentException("Give when.times or when.always, not both.");
    }
    int taken = times != null ? times : all || probability != null ? Integer.MAX_VALUE : 1;
    return new Occurrence(
        skip == null ? 0 : skip,
        taken,
        probability == null ? 1 : probability,
        seed == null ? 0 : seed,
        clientId);
  }
}
