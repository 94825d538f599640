package io.nnnco.nhub.testkit.internal.control;

import io.nnnco.nhub.testkit.internal.control.json.Description;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A fault to inject. */
record Injection(
    @Description("the name in Java, such as BridgeFault.Drop; /fault-types lists them") String name,
    @Nullable @Description("by the names of the fault's components in Java")
        Map<String, Object> parameters,
    @Nullable @Description("at which opportunities it happens; by default, the next one")
        When when) {

  Map<String, Object> given() {
    return parameters == null ? Map.of() : parameters;
  }
}
