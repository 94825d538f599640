package io.nnnco.nhub.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which listener method is wrong, and what to do. */
final class NHubListenerFailureAnalyzer extends AbstractFailureAnalyzer<NHubListenerException> {
  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, NHubListenerException cause) {
    return new FailureAnalysis(
        "A method with @NHubListener cannot be used:\n\n    Method: "
            + cause.method()
            + "\n    Reason: "
            + cause.problem(),
        cause.action(),
        cause);
  }
}
