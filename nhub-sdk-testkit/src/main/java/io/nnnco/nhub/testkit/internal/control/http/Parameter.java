package io.nnnco.nhub.testkit.internal.control.http;

import java.util.Map;

/**
 * A parameter of a query.
 *
 * @param name its name
 * @param schema its JSON Schema
 * @param description what it is, and what applies without it
 */
public record Parameter(String name, Map<String, Object> schema, String description) {}
