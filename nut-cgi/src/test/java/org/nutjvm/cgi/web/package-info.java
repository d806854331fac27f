@NullMarked
package org.nutjvm.cgi.web;

import org.jspecify.annotations.NullMarked;
