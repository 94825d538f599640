package io.nnnco.nhub.brokers;

import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthInput;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthOutput;
import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission.PermissionType;
import com.hivemq.extension.sdk.api.client.parameter.ClientTlsInformation;
import com.hivemq.extension.sdk.api.packets.auth.DefaultAuthorizationBehaviour;
import com.hivemq.extension.sdk.api.packets.connect.ConnackReasonCode;
import com.hivemq.extension.sdk.api.packets.connect.ConnectPacket;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import com.hivemq.extension.sdk.api.services.builder.Builders;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The rules M3, M4, M5 and M12 of the bridge as an extension of HiveMQ: who shows a certificate of
 * the CA, or the one username with its token, gets the topics of nnn.acme and no others.
 */
public final class Scope implements ExtensionMain {
  static final String USER = "svc-acme";
  static final String TOKEN = "open sesame";

  /** By HiveMQ, which needs a constructor without parameters. */
  public Scope() {}

  @Override
  public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
    SimpleAuthenticator authenticator = Scope::admit;
    Services.securityRegistry().setAuthenticatorProvider(provider -> authenticator);
  }

  @Override
  public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {}

  private static void admit(SimpleAuthInput input, SimpleAuthOutput output) {
    if (hasCertificate(input) || hasToken(input.getConnectPacket())) {
      output.getDefaultPermissions().setDefaultBehaviour(DefaultAuthorizationBehaviour.DENY);
      output
          .getDefaultPermissions()
          .add(
              Builders.topicPermission()
                  .topicFilter("v4/groups/nnn.acme.master/#")
                  .type(PermissionType.ALLOW)
                  .build());
      output.authenticateSuccessfully();
    } else {
      output.failAuthentication(ConnackReasonCode.BAD_USER_NAME_OR_PASSWORD);
    }
  }

  /** That it is of the CA was seen to in the handshake. */
  private static boolean hasCertificate(SimpleAuthInput input) {
    return input
        .getConnectionInformation()
        .getClientTlsInformation()
        .flatMap(ClientTlsInformation::getClientCertificate)
        .isPresent();
  }

  private static boolean hasToken(ConnectPacket connect) {
    Optional<String> token =
        connect
            .getPassword()
            .map(ByteBuffer::duplicate)
            .map(StandardCharsets.UTF_8::decode)
            .map(Object::toString);
    return connect.getUserName().filter(USER::equals).isPresent()
        && token.filter(TOKEN::equals).isPresent();
  }
}
