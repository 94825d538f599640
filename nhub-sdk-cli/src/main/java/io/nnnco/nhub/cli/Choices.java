package io.nnnco.nhub.cli;

import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.stream.Qos;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Values of options that are one of a few words, which completion offers. */
final class Choices {
  private Choices() {}

  /** The kinds of messages, as the topics have them. */
  static final class Kinds implements ITypeConverter<MessageKind>, Iterable<String> {
    private static final List<String> WORDS =
        Arrays.stream(MessageKind.values()).map(MessageKind::topicLevel).toList();

    @Override
    public MessageKind convert(String word) {
      return MessageKind.ofTopicLevel(word)
          .orElseThrow(() -> new TypeConversionException("\"" + word + "\" is not of " + WORDS));
    }

    @Override
    public Iterator<String> iterator() {
      return WORDS.iterator();
    }
  }

  /** The qualities of service. */
  static final class QosLevels implements ITypeConverter<Qos>, Iterable<String> {
    private static final List<String> WORDS = List.of("0", "1");

    @Override
    public Qos convert(String word) {
      return switch (word) {
        case "0" -> Qos.AT_MOST_ONCE;
        case "1" -> Qos.AT_LEAST_ONCE;
        default -> throw new TypeConversionException("\"" + word + "\" is not 0 or 1");
      };
    }

    @Override
    public Iterator<String> iterator() {
      return WORDS.iterator();
    }
  }
}
