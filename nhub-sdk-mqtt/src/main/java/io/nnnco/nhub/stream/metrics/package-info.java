/** What an application, or a metrics library, measures of a subscription. */
package io.nnnco.nhub.stream.metrics;
