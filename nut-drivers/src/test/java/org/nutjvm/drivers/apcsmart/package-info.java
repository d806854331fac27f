@NullMarked
package org.nutjvm.drivers.apcsmart;

import org.jspecify.annotations.NullMarked;
