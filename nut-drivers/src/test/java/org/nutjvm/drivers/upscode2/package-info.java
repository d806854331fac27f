@NullMarked
package org.nutjvm.drivers.upscode2;

import org.jspecify.annotations.NullMarked;
