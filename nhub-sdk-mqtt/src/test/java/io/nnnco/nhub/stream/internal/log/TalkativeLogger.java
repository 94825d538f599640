package io.nnnco.nhub.stream.internal.log;

import org.jspecify.annotations.Nullable;
import org.slf4j.helpers.LegacyAbstractLogger;

/** A logger with every level enabled. */
abstract class TalkativeLogger extends LegacyAbstractLogger {
  private static final long serialVersionUID = 1L;

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  public boolean isTraceEnabled() {
    return true;
  }

  @Override
  public boolean isDebugEnabled() {
    return true;
  }

  @Override
  public boolean isInfoEnabled() {
    return true;
  }

  @Override
  public boolean isWarnEnabled() {
    return true;
  }

  @Override
  public boolean isErrorEnabled() {
    return true;
  }
}
