/** The HTTP around the control API: routes, requests, replies, who may call. */
package io.nnnco.nhub.testkit.internal.control.http;
