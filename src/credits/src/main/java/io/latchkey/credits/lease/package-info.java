/** Leases credits from the ledger to this node, and charges calls from those leases in memory. */
package io.latchkey.credits.lease;
