package io.nnnco.nhub.cli;

import picocli.CommandLine.Help.Ansi.Style;

/** Colours, or none. Not picocli's markup, which text from outside could contain. */
record Paint(boolean coloured) {
  String as(Style style, String text) {
    // Not style.off(): many terminals show the end of bold as a double underline.
    return coloured && !text.isBlank() ? style.on() + text + Style.reset.on() : text;
  }
}
