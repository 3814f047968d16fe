import type { Scenario } from './scenario.ts';

/** What goes wrong with a bike, and how the workshop mends it. */
export const workshopScenarios: Scenario[] = [
  {
    subjects: ['Battery stops charging at {percent} %', '{bike} battery never gets past {percent} %'],
    opening:
      'Hello, since last week the battery of my {bike} stops charging at {percent} %. The charger light turns green as if it were full. I have tried another socket and let it rest overnight, no change. Order {order}.',
    priority: 'normal',
    agents: [2, 4],
    replies: [
      [
        'agent',
        'Hi {first}, sorry to hear that. Could you hold the battery button for ten seconds and tell me what the five lights do? That tells us whether the cells are out of balance or the charger has given up.',
      ],
      [
        'customer',
        'I did. Lights one to four stay on, the fifth blinks twice, then a pause, then twice again.',
      ],
      [
        'agent',
        'Two blinks means the balancing board lost its calibration. Please charge it once without a break for twelve hours, with the bike switched off. Most packs recover with that.',
      ],
      ['customer', 'It worked! 100 % this morning, for the first time in weeks. Thank you.'],
    ],
  },
  {
    subjects: ['Front brake squeals when it rains', 'Loud brake noise after rain on the {bike}'],
    opening:
      'The front brake of my {bike} has started to scream whenever it is wet. People turn around in the street. It still brakes well. Is it safe to ride, and can I do something myself?',
    priority: 'normal',
    agents: [2, 4],
    replies: [
      [
        'agent',
        'Hi {first}, it is safe as long as the lever does not come closer to the bar than before. The noise is nearly always a film on the disc: wipe it with isopropyl alcohol and then make ten firm stops from 20 km/h.',
      ],
      ['customer', 'Much better, though there is still a short squeak on the first stop of the day.'],
      [
        'agent',
        'That first squeak is moisture and will stay with us in November, I am afraid. If it grows again, send me a photo of the pads and I will post you a set.',
      ],
    ],
  },
  {
    subjects: ['Motor cuts out on hills', '{bike}: no assistance uphill'],
    opening:
      'Twice this week the motor cut out halfway up a hill with my two children in the box. The display showed {fault} for a second and then everything was normal. I do not feel safe crossing the main road like this.',
    priority: 'urgent',
    agents: [2, 4],
    replies: [
      [
        'agent',
        '{first}, thank you for telling us at once. {fault} is the torque sensor losing contact. Please ride without assistance until we have looked at it. I have reserved the mobile mechanic for {day}, would the morning suit you?',
      ],
      [
        'customer',
        'The morning is fine, between nine and eleven. The bike stands in the courtyard, I leave the gate open.',
      ],
      [
        'agent',
        'Our mechanic replaced the sensor cable and rode it up the same hill with 80 kg of sand, three times. All quiet. I have marked the series so that we check the others at their next service.',
      ],
      ['customer', 'I rode to school today and it pulls like new. That was quick, thank you!'],
    ],
  },
  {
    subjects: ['Display stays black', 'Black screen, bike will not start'],
    opening:
      'My {bike} will not wake up. I press the button, the rear light flashes once and the display stays black. The battery shows four lights. Serial number {serial}.',
    priority: 'high',
    agents: [2, 4],
    replies: [
      [
        'agent',
        'Hi {first}, one flash means that the battery is fine and the display does not answer. Could you pull the plug under the handlebar, look whether a pin is bent, and push it back until it clicks?',
      ],
      [
        'customer',
        'One of the pins looks a little green, like old copper. I pushed it back and it started, then went black again after five minutes.',
      ],
      [
        'agent',
        'Green is corrosion, so no amount of pushing will keep it. A new display cable is on its way, tracking number {tracking}. It takes one screw, and the guide is in the box.',
      ],
      ['customer', 'Cable fitted, everything works. The guide was excellent.'],
    ],
  },
  {
    subjects: ['Gear hub slips under load', 'Slipping gears on the {bike}'],
    opening:
      'When I start at a traffic light with a full box the gear slips, with a loud crack. It happens mostly in third. The bike has done {distance} km.',
    priority: 'high',
    agents: [2, 4],
    replies: [
      [
        'agent',
        'Hi {first}, at {distance} km the cable has usually stretched by a few millimetres. On the hub there are two yellow lines: select fourth gear and send me a photo of them, please.',
      ],
      ['customer', 'Photo attached. The lines are off by about the width of one line.'],
      [
        'agent',
        'Then it is the cable and not the hub, good news. Turn the barrel adjuster half a turn towards you and check again in fourth. If the lines meet, you are done.',
      ],
      ['customer', 'They meet, and no crack on the way home. Wonderful.'],
    ],
  },
  {
    subjects: ['Rattling noise from the cargo box', 'Something rattles in the box of my {bike}'],
    opening:
      'There is a rattle somewhere at the front of my {bike} on cobblestones. I have emptied the box and tightened everything I could see. It drives me mad.',
    priority: 'low',
    agents: [2, 4],
    replies: [
      [
        'agent',
        'Hi {first}, the usual culprit hides well: the two screws under the floor plate. Lift the plate at the front (it is held by magnets) and you will see them. 5 mm key, hand tight and a quarter turn.',
      ],
      ['customer', 'One of them was nearly out. Silence at last!'],
    ],
  },
  {
    subjects: ['Flat tyre every week', 'Fourth puncture this month, {bike}'],
    opening:
      'I have had four punctures in the rear wheel since the start of the month. The shop around the corner says it is the rim tape. Do you have a better idea before I pay them again?',
    priority: 'normal',
    agents: [2, 4],
    replies: [
      [
        'agent',
        'Hi {first}, where are the holes: on the outside, on the inside towards the rim, or next to the valve? That settles whether the shop is right.',
      ],
      ['customer', 'All on the inside, two of them at nearly the same place.'],
      [
        'agent',
        'Then the shop is right, and rim tape is on us: the early {bike} wheels had one that was 2 mm too narrow. I have sent you the wide tape and two tubes, no charge. If the shop fits it, send me their bill.',
      ],
      ['customer', 'Received and fitted. I will report back if it happens again.'],
    ],
  },
  {
    subjects: ['Kickstand folds when I load the bike', 'Kickstand does not lock'],
    opening:
      'The centre stand of my {bike} folded while I was lifting my daughter into the box. Nothing happened, but it was close. The spring looks fine.',
    priority: 'urgent',
    agents: [4],
    replies: [
      [
        'agent',
        '{first}, I am glad that nobody was hurt. Please do not use the stand with a child in the box until we have replaced the latch. I am sending one by express today, tracking number {tracking}.',
      ],
      ['customer', 'It arrived. Is it something I can fit, or do I need a workshop?'],
      [
        'agent',
        'You can: two screws and fifteen minutes. I have put a short film online and you can call me while you do it, my direct line is on the delivery note.',
      ],
      ['customer', 'Done with your help on the phone. It locks with a proper click now.'],
    ],
  },
  {
    subjects: ['First service: where and when?', 'Booking the {distance} km service'],
    opening:
      'My {bike} has reached {distance} km and the app says that a service is due. Where can I have that done in {city}, and does it have to be at your place for the warranty to stay valid?',
    priority: 'low',
    agents: [2, 4],
    replies: [
      [
        'agent',
        'Hi {first}, any workshop that stamps the booklet keeps the warranty alive. In {city} our mobile mechanic comes by on {day} and the following week, and I have a slot at half past two. Shall I put your name on it?',
      ],
      ['customer', 'Yes please, half past two is perfect.'],
      ['agent', 'Booked. Please have the key of the battery lock at hand, and the booklet.'],
    ],
  },
  {
    subjects: ['Rain canopy leaks at the seam', 'Water in the box in spite of the canopy'],
    opening:
      'After the storm there were two centimetres of water in the box, although the canopy was closed. It comes in along the front seam. The canopy is from order {order}, four months old.',
    priority: 'normal',
    agents: [3],
    replies: [
      [
        'agent',
        'Hi {first}, that seam should hold for years. Could you send a photo of the label inside the canopy? There was a batch with thread that shrinks.',
      ],
      ['customer', 'The label says {batch}.'],
      [
        'agent',
        'That is the batch. A new canopy leaves our store on {day}; please keep the old one for spare poles, we do not need it back.',
      ],
    ],
  },
  {
    subjects: ['Charger gets very hot', 'Is it normal that the charger is this hot?'],
    opening:
      'The charger of my {bike} becomes so hot that I cannot keep my hand on it. It smells a little of plastic. I have unplugged it. Serial number of the charger {serial}.',
    priority: 'urgent',
    agents: [2],
    replies: [
      [
        'agent',
        '{first}, you did the right thing: leave it unplugged, please. Warm is normal, too hot to touch is not. A replacement leaves today by express. Could you tell me whether it stood on a carpet or was covered?',
      ],
      ['customer', 'It stood on a stone floor with nothing on it.'],
      [
        'agent',
        'Thank you. We would like to look at it ourselves: a return label is in your mailbox, and the new charger has tracking number {tracking}.',
      ],
      ['customer', 'The new one only gets warm. The old one is on its way to you.'],
    ],
  },
  {
    subjects: ['Steering feels loose', 'Play in the steering of my {bike}'],
    opening:
      'When I brake at the front and push the bike back and forth I feel a little click in the steering. I read that this is the headset. The bike is three weeks old.',
    priority: 'high',
    agents: [4],
    replies: [
      [
        'agent',
        'Hi {first}, well observed. A headset settles in the first weeks and wants to be tightened once. If you have a 6 mm key I can talk you through it in five minutes, otherwise the mobile mechanic is in {city} on {day}.',
      ],
      ['customer', 'I would rather have the mechanic do it.'],
      ['agent', 'Of course. You are first on the list for {day}, between eight and nine.'],
      ['customer', 'The click is gone and the brakes were adjusted too. Very happy.'],
    ],
  },
  {
    subjects: ['App loses the bike after the update', 'Lark Ride app: bike not found since {version}'],
    opening:
      'Since the update to {version} the app no longer finds my {bike}. Bluetooth is on, other devices connect. I have reinstalled the app twice.',
    priority: 'normal',
    agents: [1, 4],
    replies: [
      [
        'agent',
        'Hi {first}, {version} asks for a permission that it did not need before. In the settings of your phone, under apps, Lark Ride, allow "nearby devices", then open the app next to the bike.',
      ],
      ['customer', 'That permission was off indeed. It connects again.'],
      ['agent', 'Good to hear. The next version will ask for it in plain words instead of failing quietly.'],
    ],
  },
  {
    subjects: ['Range is half of what it was', '{bike}: range dropped to {range} km'],
    opening:
      'Last autumn I rode 60 km on one charge, now the battery is empty after {range} km. Nothing else has changed: same route, same load. The bike has {distance} km.',
    priority: 'normal',
    agents: [2],
    replies: [
      [
        'agent',
        'Hi {first}, cold costs about a fifth, so something else is eating the rest. In the app under Battery there is a line called health: what does it say, and where does the bike sleep at night?',
      ],
      ['customer', 'Health 91 %, and it sleeps outside under a cover.'],
      [
        'agent',
        'The cells are in good shape, then. A pack that is charged at two degrees takes only half. Take the battery in at night for a week, please, and tell me what range you see.',
      ],
      [
        'customer',
        '52 km after three days of sleeping in the hall. I would not have thought it makes such a difference.',
      ],
    ],
  },
  {
    subjects: ['Child seat belt does not click', 'Buckle of the child bench is stuck'],
    opening:
      'One of the two buckles of the child bench no longer clicks. There is probably sand in it from the playground. Is there a spare, or can I wash it?',
    priority: 'high',
    agents: [3],
    replies: [
      [
        'agent',
        'Hi {first}, washing is exactly right: warm water and a drop of soap, press the button twenty times, let it dry. No oil, it collects even more sand.',
      ],
      ['customer', 'Washed, dried, clicks.'],
    ],
  },
];
