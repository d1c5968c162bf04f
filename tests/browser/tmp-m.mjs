import { chromium } from "@playwright/test";
import { launchOptions } from "./chromium.js";
import { start } from "./server.js";
const server = await start();
const browser = await chromium.launch(launchOptions);
const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
await page.goto(server.url);
const W="W";
const lesson={format:"chainrule-lesson",version:1,title:W.repeat(10000),source:W.repeat(10000),notes:W.repeat(10000),notation:"numbered",network:{inputs:2,input_names:[W.repeat(40),"V".repeat(40)],layers:[{activation:"tanh",unit_names:["M".repeat(40),"N".repeat(40)],weights:[[0.5,-0.25],[1,2]],biases:[0.125,-0.5]},{activation:"sigmoid",weights:[[0.75,-1]]}]},loss:"binary_cross_entropy",optimizer:{method:"sgd",learning_rate:0.2},data:{inputs:[[1,2],[3,4]],targets:[[0],[1]]},published:[{epoch:0,quantity:W.repeat(40),value:"1",note:W.repeat(1000)}]};
await page.getByLabel("Lesson file").setInputFiles({name:"x.json",mimeType:"",buffer:Buffer.from(JSON.stringify(lesson))});
await page.waitForTimeout(1500);
for (const tab of ["Ledger","Matrix","Data","Published"]) {
await page.getByRole("tab",{name:tab}).click(); await page.keyboard.press("ArrowRight");
console.log(tab, await page.evaluate(() => [document.documentElement.scrollWidth, ...[...document.querySelectorAll("body *")].filter((e)=>{const b=e.getBoundingClientRect(); if (b.right<=391||b.width===0) return false; for (let p=e.parentElement;p&&p!==document.body;p=p.parentElement){const o=getComputedStyle(p).overflowX;if(o!=="visible")return false;} return true;}).slice(0,6).map((e)=>e.tagName+"."+e.className+" "+Math.round(e.getBoundingClientRect().right))].join(" | ")));
}
await page.screenshot({path:"/tmp/shots/w.png",fullPage:true});
await browser.close(); server.close(); process.exit(0);
