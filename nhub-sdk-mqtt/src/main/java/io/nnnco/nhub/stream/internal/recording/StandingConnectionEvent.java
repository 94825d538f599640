package io.nnnco.nhub.stream.internal.recording;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A connection, from its SUBACK to its end. */
@Name("io.nnnco.nhub.Connection")
@Label("Connection")
@Category("N-Hub")
@Description("A connection, from its SUBACK to its end")
@StackTrace(false)
final class StandingConnectionEvent extends RecordedEvent {
  @Label("Host")
  @Nullable String host;

  @Label("Port")
  int port;

  @Label("Engine")
  @Description("PAHO or DIRECT")
  @Nullable String engine;

  @Label("MQTT Version")
  @Description("5 or 3.1.1")
  @Nullable String mqttVersion;

  @Label("Stood For")
  @Description("The time from its SUBACK, also if that was before the recording")
  @Timespan(Timespan.NANOSECONDS)
  long stoodFor;

  @Label("Error Code")
  @Description("The code of what ended it; null if this side did")
  @Nullable String errorCode;
}
