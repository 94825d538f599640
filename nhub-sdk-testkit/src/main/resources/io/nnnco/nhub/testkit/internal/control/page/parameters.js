/** Fields for what a JSON Schema describes. */

import { choice, element, field } from './dom.js';

/**
 * The fields of an object, and what has been given in them. What is empty and may be is left out.
 * @param {{properties?: Record<string, any>, required?: string[]}} schema
 */
export function parameterFields(schema) {
  const fields = Object.entries(schema.properties ?? {}).map(([name, property]) =>
    parameter(name, property, (schema.required ?? []).includes(name)));
  return {
    nodes: fields.map(({ node }) => node),
    values: () => Object.fromEntries(
      fields.filter(({ empty }) => !empty()).map(({ name, read }) => [name, read()])),
  };
}

function parameter(name, schema, required) {
  const input = inputFor(schema, required);
  return {
    name,
    node: field(label(name, schema), input),
    empty: () => input.value === '' && !required,
    read: () => typed(input.value, schema),
  };
}

function inputFor(schema, required) {
  const standard = schema.default === undefined ? '' : texted(schema.default);
  if (schema.enum) {
    return choice(schema.enum, {});
  }
  return typesOf(schema).some((type) => type === 'integer' || type === 'number')
    ? element('input', { type: 'number', step: 'any', value: standard, required })
    : element('input', { value: standard, required, placeholder: schema.format === 'duration' ? 'such as PT2S' : '' });
}

function label(name, schema) {
  return schema.description ? `${name}: ${schema.description}` : name;
}

function typesOf(schema) {
  return [schema.type ?? 'object'].flat();
}

function texted(any) {
  return typeof any === 'string' ? any : JSON.stringify(any);
}

/** What the API cannot read as this type it refuses with a sentence, which is shown. */
function typed(text, schema) {
  if (typesOf(schema).includes('string')) {
    return text;
  }
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
