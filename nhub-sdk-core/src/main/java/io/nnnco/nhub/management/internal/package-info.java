/** Calls the management API: HTTP by OkHttp, JSON by Jackson, retries, paging. */
package io.nnnco.nhub.management.internal;
