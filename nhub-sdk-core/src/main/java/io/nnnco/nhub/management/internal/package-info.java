/** How the management API is called: HTTP by OkHttp, JSON by Jackson, retries, paging. */
package io.nnnco.nhub.management.internal;
