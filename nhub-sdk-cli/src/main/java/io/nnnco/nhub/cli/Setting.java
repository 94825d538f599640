package io.nnnco.nhub.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The settings, under the same name as an option, as a variable and in the file. */
enum Setting {
  ENVIRONMENT(false, "The environment"),
  API_URL(false, "The address of the management API"),
  MQTT(false, "The address of the MQTT bridge"),
  TOKEN(true, "The token of the management API"),
  CERTS(false, "The directory with client.crt, client.key and ca.crt"),
  USERNAME(false, "The user name at the MQTT bridge"),
  PASSWORD(true, "The password at the MQTT bridge");

  private final boolean secret;
  private final String meaning;

  Setting(boolean secret, String meaning) {
    this.secret = secret;
    this.meaning = meaning;
  }

  String meaning() {
    return meaning;
  }

  /** Secrets have no option: other users of the machine can see command lines. */
  boolean secret() {
    return secret;
  }

  /** As in {@code nhub.properties}, {@code api-url}. */
  String property() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** As in the environment, {@code NHUB_API_URL}. */
  String variable() {
    return "NHUB_" + name();
  }

  /** As an option, {@code --api-url}. */
  String option() {
    return "--" + property();
  }

  /** The secret that was given as an option, in upper or lower case, abbreviated or not. */
  static Optional<Setting> secretAmong(List<String> options) {
    return Arrays.stream(values())
        .filter(setting -> setting.secret)
        .filter(setting -> options.stream().anyMatch(setting::isMeantBy))
        .findFirst();
  }

  private boolean isMeantBy(String option) {
    String name = option.toLowerCase(Locale.ROOT).replaceFirst("^-+", "");
    return !name.isEmpty() && (property().startsWith(name) || name.startsWith(property()));
  }

  /** Does not show the value, which the library would quote. */
  String noOption() {
    return "There is no option "
        + option()
        + ", since other users of this machine can see command lines. Set "
        + variable()
        + " in the environment, or "
        + property()
        + " in the file nhub.properties.";
  }

  static Optional<Setting> ofProperty(String name) {
    return Arrays.stream(values()).filter(setting -> setting.property().equals(name)).findFirst();
  }

  /** All of them and where they are set, for the help. */
  static String[] overview() {
    String variables =
        Arrays.stream(values()).map(Setting::variable).collect(Collectors.joining(", "));
    String properties =
        Arrays.stream(values()).map(Setting::property).collect(Collectors.joining(", "));
    return new String[] {
      "  From options; then from the environment: " + variables + ";",
      "  then from the file nhub.properties in the working directory: " + properties + ".",
      "  With --fake DIR, from options and from what nhub fake wrote only."
    };
  }

  /** Says that it is missing, and where to set it. */
  CommandFailure missing() {
    return CommandFailure.mistake(
        meaning
            + " is not set. "
            + (secret ? "Set " : "Give " + option() + ", or set ")
            + variable()
            + " in the environment, or "
            + property()
            + " in the file nhub.properties; with nhub fake, --fake DIR is enough.");
  }
}
