export { printable } from "../../model/printable";
