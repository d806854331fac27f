/// Tests of the network client.
@NullMarked
package org.nutjvm.common.client;

import org.jspecify.annotations.NullMarked;
