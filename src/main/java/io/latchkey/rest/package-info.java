/** What every REST door shares: strict reading of requests, problems, paging and entity tags. */
package io.latchkey.rest;
