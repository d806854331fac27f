@NullMarked
package org.nutjvm.common.tls;

import org.jspecify.annotations.NullMarked;
