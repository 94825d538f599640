package io.nnnco.nhub.core.internal;

/** The module of JDK Flight Recorder, which a Java runtime made by jlink may lack. */
public final class FlightRecorderModule {
  /** Whether it is here. If not, nothing may touch a class of an event. */
  public static final boolean IS_PRESENT = isPresent();

  private FlightRecorderModule() {}

  private static boolean isPresent() {
    try {
      Class.forName("jdk.jfr.Event", false, FlightRecorderModule.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
