package io.nnnco.nhub.spring.actuate;

import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.spring.NHubConnectionDetails;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/** Which N-Hub the application talks to. */
final class NHubInfoContributor implements InfoContributor {
  private final NHubConnectionDetails details;

  NHubInfoContributor(NHubConnectionDetails details) {
    this.details = details;
  }

  @Override
  public void contribute(Info.Builder builder) {
    NHubEnvironment environment = details.environment();
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("api", environment.api().toString());
    info.put("mqtt", environment.mqttHost() + ":" + environment.mqttPort());
    builder.withDetail("nhub", info);
  }
}
