package io.nnnco.nhub.spring;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanExpressionContext;
import org.springframework.beans.factory.config.BeanExpressionResolver;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.util.StringUtils;

/** Resolves placeholders and SpEL in the attributes of an annotation. */
final class Expressions {
  private final ConfigurableBeanFactory beans;

  Expressions(ConfigurableBeanFactory beans) {
    this.beans = beans;
  }

  /** Null if the result is blank. */
  @Nullable String text(String expression) {
    Object value = value(expression);
    String text = value == null ? "" : value.toString().trim();
    return text.isEmpty() ? null : text;
  }

  /** Each value, with those of lists, arrays and comma-separated texts one by one. */
  List<String> texts(String[] expressions) {
    List<String> texts = new ArrayList<>();
    for (String expression : expressions) {
      add(value(expression), texts);
    }
    return texts;
  }

  private static void add(@Nullable Object value, List<String> texts) {
    if (value instanceof Iterable<?> several) {
      several.forEach(one -> add(one, texts));
    } else if (value instanceof Object[] several) {
      add(List.of(several), texts);
    } else if (value != null) {
      for (String part : StringUtils.commaDelimitedListToStringArray(value.toString())) {
        if (!part.isBlank()) {
          texts.add(part.trim());
        }
      }
    }
  }

  private @Nullable Object value(String expression) {
    String resolved = beans.resolveEmbeddedValue(expression);
    BeanExpressionResolver resolver = beans.getBeanExpressionResolver();
    return resolver == null || resolved == null
        ? resolved
        : resolver.evaluate(resolved, new BeanExpressionContext(beans, null));
  }
}
