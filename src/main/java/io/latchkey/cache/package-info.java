/** Caches responses about accepted keys. {@link io.latchkey.cache.ResponseCachePolicy} decides which responses may be cached. */
package io.latchkey.cache;
