package io.nnnco.nhub.testkit.internal.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nnnco.nhub.testkit.BridgeFault.Drop;
import io.nnnco.nhub.testkit.BridgeFault.Moment;
import io.nnnco.nhub.testkit.BridgeFault.RefuseConnect;
import io.nnnco.nhub.testkit.Occurrence;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which opportunities a fault takes. */
class FaultScriptTest {
  private final FaultScript script = new FaultScript();

  private List<Integer> refusals(int connects) {
    List<Integer> codes = new ArrayList<>();
    for (int i = 0; i < connects; i++) {
      RefuseConnect fault = script.next(RefuseConnect.class, "a");
      codes.add(fault == null ? 0 : fault.reasonCode());
    }
    return codes;
  }

  @Test
  void once_isTakenByTheFirstOnly() {
    script.add(new RefuseConnect(0x88), Occurrence.once());

    assertEquals(List.of(0x88, 0, 0), refusals(3));
  }

  @Test
  void after_leavesTheFirstAlone() {
    script.add(new RefuseConnect(0x88), Occurrence.times(2).after(1));

    assertEquals(List.of(0, 0x88, 0x88, 0), refusals(4));
  }

  @Test
  void two_takeTurnsInTheOrderOfInjection() {
    script.add(new RefuseConnect(0x88), Occurrence.once());
    script.add(new RefuseConnect(0x97), Occurrence.once());

    assertEquals(List.of(0x88, 0x97, 0), refusals(3));
  }

  @Test
  void two_eachCountsAllOpportunities() {
    script.add(new RefuseConnect(0x88), Occurrence.once());
    script.add(new RefuseConnect(0x97), Occurrence.once().after(1));

    assertEquals(List.of(0x88, 0x97, 0), refusals(3));
  }

  @Test
  void randomly_sameSeed_takesTheSameOnes() {
    script.add(new RefuseConnect(0x88), Occurrence.randomly(0.5, 42));
    List<Integer> first = refusals(50);
    script.clear();
    script.add(new RefuseConnect(0x88), Occurrence.randomly(0.5, 42));

    assertEquals(first, refusals(50));
    assertEquals(50, first.stream().filter(code -> code == 0).count() + taken(first));
    assertEquals(true, taken(first) > 10 && taken(first) < 40);
  }

  private static long taken(List<Integer> codes) {
    return codes.stream().filter(code -> code != 0).count();
  }

  @Test
  void onClient_doesNotSeeTheOthers() {
    script.add(new Drop(Moment.PING), Occurrence.once().onClient("b"));

    assertNull(script.at(Moment.PING, "a"));
    assertNull(script.at(Moment.PUBLISH, "b"));
    assertNotNull(script.at(Moment.PING, "b"));
    assertNull(script.at(Moment.PING, "b"));
  }

  @Test
  void occurrence_badNumbers_areRefused() {
    assertThrows(IllegalArgumentException.class, () -> Occurrence.times(0));
    assertThrows(IllegalArgumentException.class, () -> Occurrence.once().after(-1));
    assertThrows(IllegalArgumentException.class, () -> Occurrence.randomly(1.5, 0));
  }
}
