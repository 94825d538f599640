package io.nnnco.nhub.examples.cli;

import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/** Colours, or none. Not picocli's markup, which text from outside could contain. */
record Paint(boolean coloured) {
  String as(Style style, String text) {
    IStyle[] styles = {style};
    return coloured && !text.isBlank() ? Style.on(styles) + text + Style.off(styles) : text;
  }
}
