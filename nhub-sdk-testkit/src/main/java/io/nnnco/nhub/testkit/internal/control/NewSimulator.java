package io.nnnco.nhub.testkit.internal.control;

import io.nnnco.nhub.testkit.DeviceModel;
import io.nnnco.nhub.testkit.DeviceSimulatorBuilder;
import io.nnnco.nhub.testkit.Phenomenon;
import io.nnnco.nhub.testkit.internal.control.json.Description;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A simulator to start. */
record NewSimulator(
    @Nullable @Description("how many devices; 5 by default") Integer devices,
    @Nullable @Description("the model of all of them; all models in turn by default")
        DeviceModel model,
    @Nullable @Description("uplinks per second, of all devices together") Double rate,
    @Nullable @Description("the time between two uplinks of a device; PT10S by default")
        Duration every,
    @Nullable @Description("how irregular each device is, 0 to 1; 0.1 by default") Double jitter,
    @Nullable @Description("all phenomena, as often as in the field; false by default")
        Boolean realistic,
    @Nullable
        @Description("what happens as in the field, with its share, 0 to 1; nothing by default")
        Map<Phenomenon, Double> phenomena,
    @Nullable @Description("periods in which all gateways are down") List<Outage> outages,
    @Nullable @Description("whether each device joins first; false by default") Boolean joins,
    @Nullable
        @Description(
            "the seed for device ids and readings, so another for each simulator; 0 by default")
        Long seed,
    @Nullable @Description("the fake's first by default") String enterprise) {

  private static final int MOST_DEVICES = 100_000;

  /** A period in which all gateways are down. */
  record Outage(
      @Description("how long after the start it begins") Duration after,
      @Description("how long it lasts") Duration length) {}

  DeviceSimulatorBuilder configure(DeviceSimulatorBuilder builder) {
    int count = devices == null ? DeviceModel.values().length : devices;
    if (count < 1 || count > MOST_DEVICES) {
      throw new IllegalArgumentException(
          "devices must be 1 to " + MOST_DEVICES + ", not " + count + ".");
    }
    if (rate != null && every != null) {
      throw new IllegalArgumentException("Give rate or every, not both.");
    }
    if (model == null) {
      builder.devices(count);
    } else {
      builder.devices(model, count);
    }
    if (rate != null) {
      builder.rate(rate);
    } else if (every != null) {
      builder.every(every);
    }
    return inTheField(builder);
  }

  private DeviceSimulatorBuilder inTheField(DeviceSimulatorBuilder builder) {
    for (Outage outage : outages == null ? List.<Outage>of() : outages) {
      builder.outage(outage.after(), outage.length());
    }
    if (jitter != null) {
      builder.jitter(jitter);
    }
    if (Boolean.TRUE.equals(realistic)) {
      builder.realistic();
    }
    if (phenomena != null) {
      phenomena.forEach(builder::with);
    }
    if (Boolean.TRUE.equals(joins)) {
      builder.joins();
    }
    return builder.seed(seed == null ? 0 : seed);
  }
}
