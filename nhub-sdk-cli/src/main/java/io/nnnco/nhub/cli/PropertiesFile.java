package io.nnnco.nhub.cli;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The settings in {@code nhub.properties} in the working directory. */
final class PropertiesFile {
  static final String NAME = "nhub.properties";

  private PropertiesFile() {}

  /** Reads the file; no file is no settings. Unknown names in it cause a warning only. */
  static Settings.Source read(Path workingDirectory, Consumer<String> warnings) {
    Path file = workingDirectory.resolve(NAME);
    Map<Setting, String> values = new EnumMap<>(Setting.class);
    for (Map.Entry<Object, Object> entry : load(file).entrySet()) {
      String name = entry.getKey().toString();
      String text = entry.getValue().toString().strip();
      Optional<Setting> setting = Setting.ofProperty(name);
      if (setting.isEmpty()) {
        warnings.accept(NAME + " has \"" + name + "\", which is not one of " + all() + ".");
      } else if (!text.isEmpty()) {
        values.put(setting.get(), text);
      }
    }
    if (values.keySet().stream().anyMatch(Setting::secret)) {
      SecretFile.check(file, warnings);
    }
    return new Settings.Source(setting -> setting.property() + " in " + NAME, values, true);
  }

  private static Properties load(Path file) {
    Properties properties = new Properties();
    try {
      // Editors on Windows begin a file with a byte order mark.
      properties.load(new StringReader(Files.readString(file).replaceFirst("^\uFEFF", "")));
    } catch (NoSuchFileException e) {
      return properties;
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.FILES, "Cannot read " + ErrorLine.reason(e));
    } catch (IllegalArgumentException e) {
      // Its own message would quote the file, secrets and all.
      throw new CommandFailure(
          ExitCode.FILES, file + " has a \\u that is no character; write \\\\ for a backslash.");
    }
    return properties;
  }

  private static String all() {
    return Arrays.stream(Setting.values()).map(Setting::property).collect(Collectors.joining(", "));
  }
}
