package io.nnnco.nhub.spring;

import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.message.Reading;
import io.nnnco.nhub.message.Uplink;
import io.nnnco.nhub.stream.Delivery;
import java.math.BigDecimal;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What one parameter of a listener method gets. */
@FunctionalInterface
interface MethodArgument {
  /** There is no value for this parameter, so the method is not called. */
  Object NONE = new Object();

  /** Returns the value, or {@link #NONE}. */
  @Nullable Object of(DeviceMessage message, Delivery delivery);

  /** Null if a channel cannot be read as this type. */
  static @Nullable MethodArgument ofChannel(String channel, Class<?> type) {
    if (type == double.class) {
      return uplink(uplink -> orNone(number(uplink, channel)));
    }
    if (type == boolean.class) {
      return uplink(uplink -> orNone(uplink.flag(channel).orElse(null)));
    }
    if (type == OptionalDouble.class) {
      return uplink(uplink -> uplink.number(channel));
    }
    if (type == Double.class) {
      return uplink(uplink -> number(uplink, channel));
    }
    if (type == Boolean.class) {
      return uplink(uplink -> uplink.flag(channel).orElse(null));
    }
    if (type == String.class) {
      return uplink(uplink -> uplink.text(channel).orElse(null));
    }
    if (type == BigDecimal.class) {
      return uplink(uplink -> uplink.reading(channel).flatMap(Reading::decimal).orElse(null));
    }
    return type == Reading.class ? uplink(uplink -> uplink.reading(channel).orElse(null)) : null;
  }

  private static MethodArgument uplink(FromUplink value) {
    return (message, delivery) -> message instanceof Uplink uplink ? value.of(uplink) : NONE;
  }

  private static @Nullable Double number(Uplink uplink, String channel) {
    OptionalDouble number = uplink.number(channel);
    return number.isPresent() ? number.getAsDouble() : null;
  }

  private static Object orNone(@Nullable Object value) {
    return value == null ? NONE : value;
  }

  /** What an uplink has. */
  @FunctionalInterface
  interface FromUplink {
    /** Returns it, or null. */
    @Nullable Object of(Uplink uplink);
  }
}
