package io.nnnco.nhub.spring.fake;

import io.nnnco.nhub.testkit.DeviceSimulator;
import io.nnnco.nhub.testkit.DeviceSimulatorBuilder;
import io.nnnco.nhub.testkit.FakeNHub;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Devices that send uplinks to a fake while the application runs. */
final class SimulatedDevices implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(SimulatedDevices.class);

  private final FakeNHub fake;
  private final List<String> enterprises;
  private final FakeNHubProperties properties;
  private final List<DeviceSimulator> running = new ArrayList<>();

  SimulatedDevices(FakeNHub fake, List<String> enterprises, FakeNHubProperties properties) {
    this.fake = fake;
    this.enterprises = enterprises;
    this.properties = properties;
  }

  @Override
  public synchronized void start() {
    if (!running.isEmpty()) {
      return;
    }
    log.info(
        "N-Hub is a fake in this process, with {} simulated devices of {}: {}",
        properties.devices(),
        enterprises,
        fake);
    for (String enterprise : enterprises) {
      running.add(simulator().enterprise(enterprise).start());
    }
  }

  private DeviceSimulatorBuilder simulator() {
    return fake.simulator().devices(properties.devices()).every(properties.every());
  }

  @Override
  public synchronized void stop() {
    running.forEach(DeviceSimulator::close);
    running.clear();
  }

  @Override
  public synchronized boolean isRunning() {
    return !running.isEmpty();
  }
}
